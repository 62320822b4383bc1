using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationPortal.Engine;
using MigrationPortal.Engine.Reading;
using MigrationPortal.Engine.Sql;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Engine.Sql;

/// <summary>What an administrator reads when a SQL Server encrypts with a certificate of its own, as old ones do, or not at all.</summary>
public sealed class EncryptionTests
{
    [Theory]
    [InlineData("tls", "certificate-untrusted", "is not trusted", "TrustServerCertificate=true")]
    [InlineData("tls10", "not-encrypted", "no TLS version that this machine accepts", "MinProtocol")]
    [InlineData("noenc", "not-encrypted", "cannot encrypt", "Encrypt=false")]
    public async Task Probe_ServerThatEncryptsOtherwise_SaysWhatToDo(string mode, string code, string what, string remedy)
    {
        using var server = await EncryptingServer.StartAsync(mode);
        var refusal = (await SchemaProbe.ProbeAsync(server.AsChat(), CancellationToken.None)).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.Equal(RefusalKind.Invalid, refusal!.Kind);
        Assert.Contains($"127.0.0.1,{server.Port}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_ServerThatCannotEncrypt_GetsTheLoginOnlyWhereTheConnectionStringAllowsIt()
    {
        using var server = await EncryptingServer.StartAsync("noenc");
        await SchemaProbe.ProbeAsync(server.AsChat(), CancellationToken.None);
        Assert.Equal("EOFError", await server.SaidAsync());
        await SchemaProbe.ProbeAsync(server.AsChat("Encrypt=false"), CancellationToken.None);
        // 16 is the kind of a login packet.
        Assert.Equal("plain 16", await server.SaidAsync());
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Encrypt=false", "NotEncrypted")]
    [InlineData("TrustServerCertificate=true", "CertificateUnchecked")]
    public void Warnings_OnAConnectionString_NameWhatIsNotProtected(string setting, string? code)
    {
        var database = new ChatDatabase(ChatProduct.LyncGroupChat2010, SqlProvider.SqlServer, $"Server=sql01;Database=mgc;User ID=sa;{setting}");
        Assert.Equal(code, SqlDialect.For(SqlProvider.SqlServer).WarningsOn(database).SingleOrDefault()?.Code);
    }

    private sealed class EncryptingServer : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly Process _process;

        private EncryptingServer(string mode)
        {
            Directory.CreateDirectory(_directory.Path);
            using var key = RSA.Create(2048);
            using var certificate = new CertificateRequest("CN=sql01.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
            var (pem, keyPem) = (Path.Combine(_directory.Path, "cert.pem"), Path.Combine(_directory.Path, "key.pem"));
            File.WriteAllText(pem, certificate.ExportCertificatePem());
            File.WriteAllText(keyPem, key.ExportPkcs8PrivateKeyPem());
            _process = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Path.GetDirectoryName(Here())!, "tds.py"), mode, pem, keyPem]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }

        public string Port { get; private set; } = "";

        public static async Task<EncryptingServer> StartAsync(string mode)
        {
            var server = new EncryptingServer(mode);
            server.Port = await server.SaidAsync() ?? throw new InvalidOperationException("It did not start.");
            return server;
        }

        public Task<string?> SaidAsync() => _process.StandardOutput.ReadLineAsync();

        public ChatDatabase AsChat(string setting = "") => new(
            ChatProduct.LyncGroupChat2010, SqlProvider.SqlServer, $"Server=127.0.0.1,{Port};Database=GroupChat;User ID=sa;Password=secret;Connect Timeout=30;{setting}");

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
            _directory.Dispose();
        }

        private static string Here([CallerFilePath] string path = "") => path;
    }
}
