using MigrationPortal.Engine;

namespace MigrationPortal.Api;

/// <summary>One value that another person set to something else since it was seen.</summary>
/// <param name="Base">As it was when it was seen.</param>
/// <param name="Yours">What the refused edit wanted; null where it removes the value.</param>
/// <param name="By">Account of who set <paramref name="Theirs"/>.</param>
/// <param name="Subject">The room it is about, by name; null for what is about none.</param>
internal sealed record FieldConflict(string Field, string? Base, string? Theirs, string? Yours, string By, DateTimeOffset At, string? Subject = null);

/// <summary>All values in which an edit meets the changes of others; a problem lists at most <see cref="Paging.MaxTake"/> of them.</summary>
/// <param name="Version">In which theirs stand: an edit based on it replaces them knowingly.</param>
internal sealed record EditConflict(int? Version, IReadOnlyList<FieldConflict> Fields) : IRefusalDetails
{
    public IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["field"] = Fields[0].Field,
        ["base"] = Fields[0].Base,
        ["theirs"] = Fields[0].Theirs,
        ["yours"] = Fields[0].Yours,
        ["by"] = Fields[0].By,
        ["at"] = Fields[0].At,
        ["version"] = Version,
        ["conflicts"] = Fields.Take(Paging.MaxTake).ToArray(),
    };

    /// <param name="field">What the first of them is called.</param>
    /// <param name="subject">What was edited, by name.</param>
    public Refusal ToRefusal(Wording field, string subject) => new("edit-conflict", RefusalKind.Conflict, Fields[0].By, field, subject) { Details = this };

    /// <summary>Null where it was refused for something else.</summary>
    public static EditConflict? Of(Refusal? refusal) => refusal?.Details as EditConflict;
}

/// <summary>What was changed since the version that <c>If-Match</c> names; at most <see cref="Paging.MaxTake"/> fields, since a whole pool may have been added.</summary>
internal sealed record StaleDetails(IEnumerable<string> Changed) : IRefusalDetails
{
    public IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?>(StringComparer.Ordinal) { ["changed"] = Changed.Order(StringComparer.Ordinal).Take(Paging.MaxTake).ToArray() };
}
