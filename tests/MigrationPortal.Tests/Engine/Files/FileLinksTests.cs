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
    [InlineData("<a href=\"ma-filelink:R&amp;D plan.pdf\">R&amp;D plan.pdf</a>", "R&amp;D plan.pdf")]
    [InlineData("&quot;ma-filelink:my plan.pdf&quot; and &#39;ma-filelink:b.pdf&#39;, &#X22;ma-filelink:c.pdf&#x22;", "my plan.pdf|b.pdf|c.pdf")]
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
    [InlineData("http://gc01/MGCWebService/" + Stored, Stored)]
    [InlineData("HTTPS://gc01:8443/MGCWebService/" + Stored + "?version=2&user=a/b", Stored)]
    [InlineData("file:///D:/uploads/" + Stored + ").", Stored)]
    [InlineData("http://gc01/get?fileUrl=" + Stored, Stored)]
    [InlineData("http%3A%2F%2Fgc01%2F" + Stored, Stored)]
    [InlineData(Stored + "?version=2", Stored)]
    [InlineData("2012/" + Stored + "#page=2", "2012/" + Stored + "#page=2|" + Stored)]
    [InlineData("R&amp;D plan.pdf", "R&amp;D plan.pdf|R&D plan.pdf")]
    [InlineData("R&#38;D%20plan.pdf", "R&#38;D%20plan.pdf|R&D%20plan.pdf|R&#38;D plan.pdf|R&D plan.pdf")]
    public void Read_WhatItMayMean_LikeliestFirst(string target, string paths) => Assert.Equal(paths, string.Join('|', FileLinks.Read(target).Paths));

    [Theory]
    [InlineData("", FileProblem.LinkUnreadable)]
    [InlineData("//chat.contoso.com/room/report.pdf", FileProblem.LinkUnreadable)]
    [InlineData("..%2f..%2fetc%2fpasswd", FileProblem.LeavesStore)]
    [InlineData("%2e%2e/x", FileProblem.LeavesStore)]
    [InlineData("/etc/passwd", FileProblem.LeavesStore)]
    [InlineData("&#46;&#46;/&#46;&#46;/etc/passwd", FileProblem.LeavesStore)]
    [InlineData("&#37;2e&#37;2e/x", FileProblem.LeavesStore)]
    [InlineData("&#47;etc/passwd", FileProblem.LeavesStore)]
    [InlineData("../../" + Stored + "?version=2", FileProblem.LeavesStore)]
    [InlineData("\\\\server\\share\\" + Stored, FileProblem.LeavesStore)]
    [InlineData("C:\\" + Stored, FileProblem.LeavesStore)]
    [InlineData("http://gc01/../../etc/passwd", FileProblem.LinkUnreadable)]
    [InlineData("http://gc01/" + Stored + "/..", FileProblem.LinkUnreadable)]
    [InlineData("report.pdf?version=2", FileProblem.NameRefused)]
    [InlineData("nul", FileProblem.NameRefused)]
    public void Read_NoPathOfTheStore_SaysWhy(string target, FileProblem problem) => Assert.Equal(problem, FileLinks.Read(target).Problem);
}
