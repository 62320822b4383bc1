using System.Globalization;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Engine;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("Payroll \u202Egnp.exe", "Payroll [U+202E]gnp.exe")]
    [InlineData("line\nbreak", "line[U+000A]break")]
    [InlineData("\u200B", "[U+200B]")]
    [InlineData("\u00A0 ", "[U+00A0][U+0020]")]
    [InlineData("  ", "[U+0020][U+0020]")]
    [InlineData("nul\0", "nul[U+0000]")]
    [InlineData("👨‍👩‍👧 Café 日本", "👨‍👩‍👧 Café 日本")]
    [InlineData("a b", "a b")]
    [InlineData("", "")]
    public void Visible_WhatCannotBeSeen_IsShownByItsNumber(string name, string expected) => Assert.Equal(expected, DisplayText.Visible(name));

    // Attributes cannot hold half a character.
    [Fact]
    public void Visible_HalfACharacter_IsShownByItsNumber() => Assert.Equal("Party [U+D83D]", DisplayText.Visible("Party \uD83D"));

    [Theory]
    [InlineData("Café", "Café")]
    [InlineData("שלום", "\u2068שלום\u2069")]
    [InlineData("שלום\u202E", "\u2068שלום[U+202E]\u2069")]
    [InlineData("out\u2069\u202Eof", "out[U+2069][U+202E]of")]
    [InlineData("\u2068שלום\u2069 there", "\u2068שלום\u2069 there")]
    public void InSentence_Name_KeepsItsDirectionToItself(string name, string expected) => Assert.Equal(expected, DisplayText.InSentence(name));

    [Theory]
    [InlineData("", false)]
    [InlineData(" \u00A0\u2003", false)]
    [InlineData("\u200B\u2060\uFEFF", false)]
    [InlineData("\u3164", false)]
    [InlineData("x\u200B", true)]
    public void HasVisible_FormatAndBlanksAlone_AreNothing(string name, bool expected) => Assert.Equal(expected, DisplayText.HasVisible(name));

    [Fact]
    public void Wording_WithANameThatTurnsText_IsAPlainSentence() =>
        Assert.Equal("Database “a[U+202E]b” on \u2068שלום\u2069", new Wording("Database.On", "a\u202Eb", "שלום").In(CultureInfo.InvariantCulture));
}
