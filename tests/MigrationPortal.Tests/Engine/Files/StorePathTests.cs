using System.Globalization;
using System.Text;
using MigrationPortal.Engine.Files;
using MigrationPortal.Tests.Shared;
using Xunit.Abstractions;

namespace MigrationPortal.Tests.Engine.Files;

/// <summary>No name leads out of a store, or to anything but the file it names.</summary>
public sealed class StorePathTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01.xlsx", "6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01.xlsx")]
    [InlineData("2012\\march\\Bericht für München.pdf", "2012/march/Bericht für München.pdf")]
    [InlineData("日本語 🧑🏽‍💻.txt", "日本語 🧑🏽‍💻.txt")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("a..b", "a..b")]
    public void Read_PlainName_IsTaken(string text, string path) => Assert.Equal(path, StorePath.Read(text).Path?.Value);

    [Theory]
    [InlineData("../secret")]
    [InlineData("..\\..\\windows\\win.ini")]
    [InlineData("a/../../b")]
    [InlineData("a/.. /b")]
    [InlineData("a/.../b")]
    [InlineData("/etc/passwd")]
    [InlineData("\\\\server\\share\\x")]
    [InlineData("//server/share/x")]
    [InlineData("C:\\windows\\win.ini")]
    [InlineData("c:win.ini")]
    public void Read_WayOut_IsNamedAsOne(string text) => Assert.Equal(FileProblem.LeavesStore, StorePath.Read(text).Problem);

    [Theory]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\0.txt")]
    [InlineData("a\u0001.txt")]
    [InlineData("nul")]
    [InlineData("NUL.txt")]
    [InlineData("com1.log")]
    [InlineData("COM¹")]
    [InlineData("aux .pdf")]
    [InlineData("docs/LPT9")]
    [InlineData("a.txt:stream")]
    [InlineData("a.txt.")]
    [InlineData("a.txt ")]
    [InlineData("what?.txt")]
    [InlineData("*.xlsx")]
    [InlineData(".portal-0011223344556677.part")]
    public void Read_NameThatWindowsTakesForSomethingElse_IsRefused(string text) => Assert.Equal(FileProblem.NameRefused, StorePath.Read(text).Problem);

    [Fact]
    public void Read_HalfACharacter_IsRefused() => Assert.Equal(FileProblem.NameRefused, StorePath.Read($"{'\ud83d'}.txt").Problem);

    [Fact]
    public void Read_TooLongOrTooDeep_IsRefused()
    {
        Assert.NotNull(StorePath.Read(new string('a', 255)).Path);
        Assert.Null(StorePath.Read(new string('a', 256)).Path);
        Assert.Null(StorePath.Read(new string('ä', 128)).Path);
        Assert.Null(StorePath.Read(string.Join('/', Enumerable.Repeat("a", 17))).Path);
    }

    [Fact]
    public void Read_RandomNames_NeverLeaveTheStore()
    {
        var random = new Random(TestSeed.Draw(output));
        using var directory = new TemporaryDirectory("store");
        var store = Directory.CreateDirectory(Path.Combine(directory.Path, "inside")).FullName;
        File.WriteAllText(Path.Combine(directory.Path, "secret"), "outside");
        File.WriteAllText(Path.Combine(store, "file"), "inside");
        Directory.CreateDirectory(Path.Combine(store, "a"));
        File.CreateSymbolicLink(Path.Combine(store, "link"), Path.Combine(directory.Path, "secret"));
        File.CreateSymbolicLink(Path.Combine(store, "up"), directory.Path);
        File.CreateSymbolicLink(Path.Combine(store, "again"), "a/../file");
        File.CreateSymbolicLink(Path.Combine(store, "loop"), "loop");
        var opened = Engine.ChatWorld.Done(FileStore.Open(store));
        string[] pieces = ["..", ".", "/", "\\", "a", "link", "up", "secret", "file", "again", "loop", ":", "C:", "%2e", "%2f", " ", "\0", "~", "inside", "NUL", "…", "．", "\u202e", "é", "\ud800"];
        var (taken, read) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(1, 8); n > 0; n--) text.Append(pieces[random.Next(pieces.Length)]);
            var (paths, problem) = FileLinks.Read(text.ToString());
            Assert.True(paths.Count > 0 != problem is not null, $"{text}");
            foreach (var path in paths)
            {
                taken++;
                Assert.StartsWith(store + Path.DirectorySeparatorChar, Path.GetFullPath(Path.Join(store, path.Value)), StringComparison.Ordinal);
                var (file, _) = opened.OpenRead(path);
                using var open = file;
                if (open is null) continue;
                read++;
                Assert.Equal("inside".Length, open.Length);
            }
        }
        output.WriteLine($"{taken} taken, {read} read");
        Assert.True(taken > 100 && read > 10);
    }
}
