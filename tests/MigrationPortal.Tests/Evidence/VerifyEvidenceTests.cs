using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationPortal.Tests.Engine;
using MigrationPortal.Tests.Runs;
using MigrationPortal.Tests.Shared;

namespace MigrationPortal.Tests.Evidence;

/// <summary>A package checked by the script that an auditor runs, with the real openssl and sha256sum.</summary>
public sealed class VerifyEvidenceTests
{
    [Fact]
    public async Task Script_OverASignedPackage_PassesAndFailsForEveryChangeOfIt()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.Path);
        var (ours, other) = (Certificate(directory, "portal"), Certificate(directory, "other"));
        await using var world = await RunWorld.CreateAsync(null, ("Evidence:CertificatePath", ours));
        var package = await EvidenceTests.GetAsync(world, await world.RanAsync(ChatWorld.Hall), "auditor");

        Assert.StartsWith("0 PASS", await VerifyAsync(directory, package, ours), StringComparison.Ordinal);
        Assert.StartsWith("3 SIGNER NOT CHECKED", await VerifyAsync(directory, package), StringComparison.Ordinal);
        Assert.StartsWith("1 FAIL", await VerifyAsync(directory, package, other), StringComparison.Ordinal);
        foreach (var name in Names(package))
        {
            var flipped = Change(package, name, bytes => bytes[bytes.Length / 2] ^= 1);
            var said = await VerifyAsync(directory, flipped, ours);
            Assert.True(said.StartsWith('1') && said.Contains("FAIL: ", StringComparison.Ordinal), $"{name}: {said}");
        }

        Assert.Contains("does not name", await VerifyAsync(directory, Add(package, "more.json"), ours), StringComparison.Ordinal);
        Assert.Contains("plan.csv: FAILED", await VerifyAsync(directory, Remove(package, "plan.csv"), ours), StringComparison.Ordinal);
        Assert.Contains("signature is missing", await VerifyAsync(directory, Remove(package, "manifest.p7s"), ours), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_OverAPackageWithoutCertificate_SaysThatNobodySignedIt()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.Path);
        await using var world = await RunWorld.CreateAsync();
        var package = await EvidenceTests.GetAsync(world, await world.RanAsync(ChatWorld.Hall), "operator");

        Assert.DoesNotContain("manifest.p7s", Names(package));
        Assert.StartsWith("3 UNSIGNED", await VerifyAsync(directory, package), StringComparison.Ordinal);
    }

    private static async Task<string> VerifyAsync(TemporaryDirectory directory, byte[] package, string? certificate = null)
    {
        var file = Path.Join(directory.Path, "package.zip");
        await File.WriteAllBytesAsync(file, package);
        var start = new ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(SourceFolder.Tests, "..", "..", "docs", "verify-evidence.sh"));
        start.ArgumentList.Add(file);
        if (certificate is not null)
            start.ArgumentList.Add(certificate);
        using var script = Process.Start(start)!;
        var (said, wrong) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        return $"{script.ExitCode} {await said}{await wrong}";
    }

    // As an administrator makes one: key and certificate in one PEM file.
    private static string Certificate(TemporaryDirectory directory, string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Join(directory.Path, $"{name}.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }

    private static List<string> Names(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        return [.. zip.Entries.Select(x => x.FullName)];
    }

    private static byte[] Change(byte[] package, string name, Action<byte[]> change) => Rewrite(package, zip =>
    {
        var entry = zip.GetEntry(name)!;
        byte[] bytes;
        using (var stream = entry.Open())
        {
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }

        change(bytes);
        entry.Delete();
        using var written = zip.CreateEntry(name).Open();
        written.Write(bytes);
    });

    private static byte[] Add(byte[] package, string name) => Rewrite(package, zip =>
    {
        using var written = zip.CreateEntry(name).Open();
        written.Write("[]"u8);
    });

    private static byte[] Remove(byte[] package, string name) => Rewrite(package, zip => zip.GetEntry(name)!.Delete());

    private static byte[] Rewrite(byte[] package, Action<ZipArchive> change)
    {
        using var stream = new MemoryStream();
        stream.Write(package);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            change(zip);
        return stream.ToArray();
    }
}
