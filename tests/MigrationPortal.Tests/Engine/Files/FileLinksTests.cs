using MigrationPortal.Engine.Files;

namespace MigrationPortal.Tests.Engine.Files;

public sealed class FileLinksTests
{
    private const string Stored = "6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01.xlsx";

    [Theory]
    [InlineData("ma-filelink:a.xlsx", "a.xlsx")]
    [InlineData("see ma-filelink:a.xlsx and MA-FileLink:b.pdf\n", "a.xlsx|b.pdf")]
    [InlineData("<a href=\"ma-filelink:Bericht 3.pdf\">the report</a>", "Bericht 3.pdf")]
    [InlineData("<a href='ma-filelink:it.pdf'>x</a>", "it.pdf")]
    [InlineData("<file>ma-filelink:a.xlsx</file>", "a.xlsx")]
    [InlineData("ma-filelink:", "")]
    [InlineData("no link, only ma-filelink without a colon", null)]
    public void In_Message_FindsEveryLink(string content, string? targets) =>
        Assert.Equal(targets is null ? [] : targets.Split('|'), FileLinks.In(content));

    [Fact]
    public void In_EndlessLink_IsCutWhereNoPathGoes() =>
        Assert.Equal(FileLinks.MaxTarget, FileLinks.In("ma-filelink:" + new string('a', 1_000_000)).First().Length);

    [Theory]
    [InlineData(Stored, Stored)]
    [InlineData(Stored + ",", Stored + ",|" + Stored)]
    [InlineData("a%20b.pdf", "a%20b.pdf|a b.pdf")]
    [InlineData("//chat.contoso.com/room/" + Stored, Stored)]
    public void Read_WhatItMayMean_LikeliestFirst(string target, string paths) => Assert.Equal(paths, string.Join('|', FileLinks.Read(target).Paths));

    [Theory]
    [InlineData("", FileProblem.LinkUnreadable)]
    [InlineData("//chat.contoso.com/room/report.pdf", FileProblem.LinkUnreadable)]
    [InlineData("..%2f..%2fetc%2fpasswd", FileProblem.LeavesStore)]
    [InlineData("%2e%2e/x", FileProblem.LeavesStore)]
    [InlineData("/etc/passwd", FileProblem.LeavesStore)]
    [InlineData("nul", FileProblem.NameRefused)]
    public void Read_NoPathOfTheStore_SaysWhy(string target, FileProblem problem) => Assert.Equal(problem, FileLinks.Read(target).Problem);
}
