using MigrationPortal.Batches.Planning;
using MigrationPortal.Engine;

namespace MigrationPortal.Tests.Batches.Planning;

/// <summary>Findings that an earlier version kept, beside what is found now.</summary>
public sealed class SaidAgainTests
{
    private static readonly Wording _kim = Row("Kim", "1");

    private static readonly Wording[] _others = [Row("Lee", "2"), Row("Max", "3")];

    private static readonly Wording _now = new("PersonMerged", 3, _kim, _others);

    [Theory]
    [InlineData(3, "Lee (sip:x@contoso.com, principal 2); Max (sip:x@contoso.com, principal 3)", true)]
    [InlineData(3, "Lea (sip:x@contoso.com, principal 2); Max (sip:x@contoso.com, principal 3)", false)]
    [InlineData(4, "Lee (sip:x@contoso.com, principal 2); Max (sip:x@contoso.com, principal 3)", false)]
    public void Is_OfTextsInPlaceOfAList_TellsWhetherItIsReadTheSame(int rows, string others, bool expected) =>
        Assert.Equal(expected, SaidAgain.Is(new Wording("PersonMerged", rows, "Kim (sip:x@contoso.com, principal 1)", others), _now));

    [Theory]
    [InlineData("Lee (sip:x@contoso.com, principal 2); Max (sip:x@contoso.com, principal 3) → Kim (sip:x@contoso.com, principal 1)", true)]
    [InlineData("Lee (sip:x@contoso.com, principal 2) → Kim (sip:x@contoso.com, principal 1)", false)]
    public void Is_OfEvidenceThatWasAText_TellsWhetherItIsReadTheSame(string kept, bool expected) =>
        Assert.Equal(expected, SaidAgain.Is(Wording.OfText(kept), new Wording("Person.Merged", _others, _kim)));

    [Fact]
    public void Is_OfASentenceKeptWithAnotherApostrophe_IsReadTheSame() =>
        Assert.True(SaidAgain.Is(
            Wording.OfText("Manages the root category and becomes manager of 2 rooms in this batch. If you don't want that, remove the right in the legacy pool and scan again."), new Wording("P05", 2)));

    [Fact]
    public void Is_OfNamesThatReadTheSameInOtherParts_IsFalse() =>
        Assert.False(SaidAgain.Is(new Wording("P09.dropped", 2, new[] { "Miller, Ann", "Bob" }), new Wording("P09.dropped", 2, new[] { "Miller", "Ann, Bob" })));

    [Fact]
    public void Is_WhereOnlyOneIsThere_IsFalse() => Assert.Equal((true, false, false), (SaidAgain.Is(null, null), SaidAgain.Is(null, _now), SaidAgain.Is(_now, null)));

    private static Wording Row(string name, string id) => new("Person.Row", name, "sip:x@contoso.com", id);
}
