namespace MigrationPortal.Batches.Planning;

/// <summary>What a line of the plan is about, in the order in which a run writes them.</summary>
internal static class PlanItemKinds
{
    public const string Principal = "Principal";
    public const string Affiliation = "Affiliation";
    public const string AddIn = "AddIn";
    public const string Category = "Category";
    public const string Scope = "Scope";
    public const string Creator = "Creator";
    public const string Room = "Room";
    public const string Member = "Member";
    public const string Manager = "Manager";
    public const string Presenter = "Presenter";
    public const string Messages = "Messages";
    public const string Files = "Files";

    public static readonly string[] All = [Principal, Affiliation, AddIn, Category, Scope, Creator, Room, Member, Manager, Presenter, Messages, Files];
}

internal static class PlanItemActions
{
    public const string Create = "Create";
    public const string Reuse = "Reuse";
    public const string Change = "Change";
    public const string Drop = "Drop";
}
