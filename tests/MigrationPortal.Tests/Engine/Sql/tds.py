"""Enough of a SQL Server to be asked for encryption: answers PRELOGIN, then encrypts (tls), encrypts as old servers do (tls10), or cannot (noenc).

python3 tds.py MODE CERTIFICATE KEY; the port is the first line of its output, then one line for each connection.
"""
import socket, ssl, struct, sys, warnings

warnings.simplefilter('ignore')
mode, certificate, key = sys.argv[1:4]
listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)


def packet(kind, data):
    return struct.pack('>BBHHBB', kind, 1, len(data) + 8, 0, 1, 0) + data


def exactly(connection, count):
    data = b''
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def read(connection):
    head = exactly(connection, 8)
    return head[0], exactly(connection, struct.unpack('>H', head[2:4])[0] - 8)


def encrypt(connection):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if mode == 'tls10':
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers('ALL:@SECLEVEL=0')
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = context.wrap_bio(incoming, outgoing, server_side=True)
    while True:
        try:
            session.do_handshake()
            return
        except ssl.SSLWantReadError:
            if data := outgoing.read():
                connection.sendall(packet(0x12, data))
            incoming.write(read(connection)[1])
        except ssl.SSLError:
            # The alert that says why, as a server sends it.
            connection.sendall(packet(0x12, outgoing.read()))
            raise


while True:
    connection, _ = listener.accept()
    try:
        read(connection)
        encryption = 2 if mode == 'noenc' else 3
        connection.sendall(packet(4, b'\x00' + struct.pack('>HH', 11, 6) + b'\x01' + struct.pack('>HH', 17, 1) + b'\xff'
                                  + bytes([10, 50, 0x19, 0x77, 0, 0, encryption])))
        if mode == 'noenc':
            print('plain', read(connection)[0], flush=True)
            continue
        encrypt(connection)
        print('encrypted', flush=True)
    except (EOFError, OSError) as failure:
        print(type(failure).__name__, flush=True)
    finally:
        connection.close()
