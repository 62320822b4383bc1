namespace MigrationPortal.Live;

/// <summary>Marks a hub whose connections end with the session or token that opened them. The circuits' own hub is none: it stays, to say what happened.</summary>
internal interface IHubForPrograms;
