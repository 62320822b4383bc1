namespace MigrationPortal.Engine.Planning;

/// <summary>Which row of the new pool a room's category becomes: its own, or a part split off because scope or flags differ.</summary>
/// <param name="Guid">nodeGuid of that row.</param>
/// <param name="Suffix">Added to the category's name, "" for the own part.</param>
internal sealed record CategoryPart(Guid Guid, ChatNode Category, bool IsOwn, ScopeSet Scope, bool Logged, bool FilePost, string Suffix);

/// <summary>
/// One new category per distinct scope and history/upload flags, so that merging never opens a wall (trap 14) and nobody's history
/// setting changes (trap 24). Depends on the room and its category alone, never on the batch.
/// </summary>
internal sealed class CategoryParts(LegacyTree tree, EffectiveSettings settings, ScopeSets scopes, PlanOptions options)
{
    /// <summary>Null when a scope definer is invalid.</summary>
    public CategoryPart? Of(ChatNode room, ChatNode category)
    {
        if (scopes.Of(room) is not { } scope || OwnOf(category) is not { } own)
            return null;
        var logged = options.MixedFlags == MixedFlags.Split ? settings.Logged(room) : own.Logged;
        var filePost = options.MixedFlags == MixedFlags.Split ? settings.FilePost(room) : own.FilePost;
        if (scope.Equals(own.Scope) && logged == own.Logged && filePost == own.FilePost)
            return own;

        var suffix = (logged == own.Logged ? "" : logged ? " (history on)" : " (history off)")
            + (filePost == own.FilePost ? "" : filePost ? " (files)" : " (no files)")
            + (scope.Equals(own.Scope) ? "" : $" (scope {scope.Hash[..4]})");
        var name = $"h={(logged ? 1 : 0)};f={(filePost ? 1 : 0)};s={scope.Hash}";
        return new CategoryPart(Hashes.UuidV5(category.Guid, name), category, false, scope, logged, filePost, suffix);
    }

    /// <summary>The category's own row, whether or not a room needs it.</summary>
    public CategoryPart? Own(ChatNode category) => OwnOf(category);

    private bool IsRoot(ChatNode category) => category.NodeId == tree.Root?.NodeId;

    private CategoryPart? OwnOf(ChatNode category) =>
        scopes.Of(category) is { } scope
            ? new CategoryPart(IsRoot(category) ? PlannedCategory.OwnPartOfRoot(category.Guid) : category.Guid, category, true, scope, settings.Logged(category), settings.FilePost(category), "")
            : null;
}
