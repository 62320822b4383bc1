#!/usr/bin/python3
"""A domain controller for tests: domain.py DIRECTORY ADDRESS [REALM]. Makes the domain (LAB.TEST) in DIRECTORY; samba serves it afterwards.

Debian's own python3 has the samba modules. Every path is inside DIRECTORY, every port on ADDRESS, so that several may run at once.
"""
import logging
import os
import shutil
import socket
import subprocess
import sys

import ldb
import samba.dckeytab
from samba.auth import system_session
from samba.credentials import Credentials
from samba.dsdb import DS_DOMAIN_FUNCTION_2008_R2
from samba.net import Net
from samba.param import LoadParm
from samba.provision import provision
from samba.samdb import SamDB

D, IP = os.path.abspath(sys.argv[1]), sys.argv[2]
REALM = sys.argv[3] if len(sys.argv) > 3 else "LAB.TEST"
DNS, DOMAIN = REALM.lower(), REALM.split(".")[0]
PASSWORD = "Passw0rd!Lab"
HOST = socket.gethostname()


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write(name, text):
    with open(f"{D}/{name}", "w") as file:
        file.write(text)


def certificates():
    t = f"{D}/tls"
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={DOMAIN} Test CA", "-keyout", f"{t}/ca.key", "-out", f"{t}/ca.pem",
        "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN=dc1.{DNS}", "-keyout", f"{t}/dc.key", "-out", f"{t}/dc.csr")
    write("tls/ext", f"subjectAltName=DNS:dc1.{DNS},IP:{IP},IP:{IP[:-1]}9\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
    run("openssl", "x509", "-req", "-in", f"{t}/dc.csr", "-CA", f"{t}/ca.pem", "-CAkey", f"{t}/ca.key", "-CAcreateserial", "-days", "30", "-out", f"{t}/dc.pem", "-extfile", f"{t}/ext")
    os.chmod(f"{t}/dc.key", 0o600)
    os.makedirs(f"{t}/trust")
    shutil.copy(f"{t}/ca.pem", f"{t}/trust/")
    run("openssl", "rehash", f"{t}/trust")


def configuration():
    write("etc/smb.conf", f"""[global]
  netbios name = DC1
  workgroup = {DOMAIN}
  realm = {REALM}
  server role = active directory domain controller
  server services = ldap, cldap, kdc
  dcerpc endpoint servers = epmapper
  interfaces = {IP}/8
  bind interfaces only = yes
  private dir = {D}/private
  state directory = {D}/state
  cache directory = {D}/cache
  lock directory = {D}
  pid directory = {D}/run
  ncalrpc dir = {D}/run/ncalrpc
  winbindd socket directory = {D}/run/winbindd
  ntp signd socket directory = {D}/run/ntp
  log file = {D}/log/log.%m
  log level = 1 auth_audit:3
  tls enabled = yes
  tls keyfile = {D}/tls/dc.key
  tls certfile = {D}/tls/dc.pem
  tls cafile = {D}/tls/ca.pem
  ldap server require strong auth = yes
  kdc default domain supported enctypes = aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96
[sysvol]
  path = {D}/state/sysvol
[netlogon]
  path = {D}/state/sysvol/{DNS}/scripts
""")
    write("krb5.conf", f"""[libdefaults]
  default_realm = {REALM}
  dns_lookup_realm = false
  dns_lookup_kdc = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  {REALM} = {{
    kdc = {IP}:88
    kpasswd_server = {IP}:464
  }}
[domain_realm]
  .{DNS} = {REALM}
  localhost = {REALM}
  {HOST} = {REALM}
""")


def load():
    lp = LoadParm()
    lp.load(f"{D}/etc/smb.conf")
    return lp


def make():
    log = logging.getLogger("provision")
    log.addHandler(logging.StreamHandler())
    log.setLevel(logging.ERROR)
    with open(f"{D}/etc/smb.conf") as file:
        kept = file.read()
    provision(log, system_session(), smbconf=f"{D}/etc/smb.conf", realm=REALM, domain=DOMAIN, hostname="dc1", hostip=IP, adminpass=PASSWORD,
              serverrole="active directory domain controller", dns_backend="NONE", lp=load(), skip_sysvolacl=True, batch_mode=True,
              dom_for_fun_level=DS_DOMAIN_FUNCTION_2008_R2, root="root" if os.getuid() == 0 else None)
    write("etc/smb.conf", kept)


def people():
    lp, credentials = load(), Credentials()
    credentials.guess(lp)
    sam = SamDB(url=lp.samdb_url(), session_info=system_session(), credentials=credentials, lp=lp)
    base = str(sam.domain_dn())

    def replace(dn, values):
        message = ldb.Message()
        message.dn = ldb.Dn(sam, str(dn))
        for name, value in values.items():
            message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
        sam.modify(message)

    def escaped(name):
        return "".join("\\" + c if c in ',+"\\<>;=#' else c for c in name)

    def join(group, member):
        sam.add_remove_group_members(group, [member], add_members_operation=True)

    def user(name, groups=(), cn=None):
        sam.add({"dn": f"CN={escaped(cn or name)},OU=People,OU=Portal,{base}", "objectClass": "user", "sAMAccountName": name,
                 "userPrincipalName": f"{name}@{DNS}", "displayName": cn or name.capitalize(), "mail": f"{name}@{DNS}", "userAccountControl": "514"})
        sam.setpassword(f"(sAMAccountName={name})", PASSWORD, False)
        sam.enable_account(f"(sAMAccountName={name})")
        for group in groups:
            join(group, name)

    sam.transaction_start()
    for ou in ("OU=Portal", "OU=People,OU=Portal", "OU=Groups,OU=Portal"):
        sam.create_ou(f"{ou},{base}")
    for group in ("Portal-Viewers", "Portal-Planners", "Portal-Operators", "Portal-Approvers", "Portal-Admins", "Risk-All", "Team-Risk"):
        sam.newgroup(group, groupou="OU=Groups,OU=Portal")
    sam.add({"dn": f"CN={escaped('Tricky (x), Group*')},OU=Groups,OU=Portal,{base}", "objectClass": "group", "sAMAccountName": "Tricky (x) Group"})
    # approver1 is an approver through three groups.
    join("Risk-All", "Team-Risk")
    join("Portal-Approvers", "Risk-All")
    user("viewer1", ["Portal-Viewers"])
    user("planner1", ["Portal-Planners"])
    user("oper1", ["Portal-Operators", "Tricky (x) Group"])
    user("approver1", ["Team-Risk"])
    user("admin1", ["Portal-Admins"])
    user("nobody1")
    for name in ("disabled1", "locked1", "expired1", "mustchange1", "leaver1", "leaver2", "guessed1", "mover1", "joiner1"):
        user(name, ["Portal-Viewers"])
    user("j.smith", ["Portal-Operators"], cn='Smith, John (Ops) \\ * "Q"')
    user("svc-ldap")
    user("svc-portal")
    user("svc-rotated")
    sam.disable_account("(sAMAccountName=disabled1)")
    sam.setexpiry("(sAMAccountName=expired1)", -86400, no_expiry_req=False)
    sam.force_password_change_at_next_login("(sAMAccountName=mustchange1)")
    for account, names in (("svc-portal", ["HTTP/portal.lab.test", "HTTP/localhost"]), ("svc-rotated", ["HTTP/rotated.lab.test"])):
        service = sam.search(base, expression=f"(sAMAccountName={account})", attrs=["dn"])[0].dn
        replace(service, {"servicePrincipalName": names, "msDS-SupportedEncryptionTypes": "24"})
    replace(base, {"lockoutThreshold": "5", "lockoutDuration": str(-30 * 60 * 10**7), "lockOutObservationWindow": str(-30 * 60 * 10**7), "minPwdAge": "0"})
    sam.transaction_commit()


def keytabs():
    lp = load()
    for file, principal in (("http", "HTTP/portal.lab.test"), ("http", "HTTP/localhost"), ("viewer1", "viewer1"), ("oper1", "oper1"), ("approver1", "approver1"),
                            ("planner1", "planner1"), ("leaver2", "leaver2"), ("wrong", "svc-ldap"), ("rotated", "HTTP/rotated.lab.test")):
        Net(None, lp).export_keytab(keytab=f"{D}/keytabs/{file}", principal=principal)


shutil.rmtree(D, ignore_errors=True)
for folder in ("etc", "run", "log", "tls", "keytabs"):
    os.makedirs(f"{D}/{folder}")
certificates()
configuration()
make()
people()
keytabs()
