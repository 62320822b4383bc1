using MigrationPortal.SignIn.People;

namespace MigrationPortal.SignIn.Development;

/// <summary>Somebody to be while developing: picked on the sign-in page, or as the API token <c>dev-&lt;id&gt;</c>.</summary>
internal sealed record Persona(string Id, string DisplayName, Role Role)
{
    public const string TokenPrefix = "dev-";

    public static IReadOnlyList<Persona> All { get; } =
    [
        new("viewer", "Viewer", Role.Viewer),
        new("planner", "Planner", Role.Planner),
        new("approver", "Approver", Role.Approver),
        new("approver2", "Approver 2", Role.Approver),
        new("operator", "Operator", Role.Operator),
        new("auditor", "Auditor", Role.Auditor),
        new("administrator", "Administrator", Role.Administrator),
    ];

    public static Persona? Find(string? id) => All.FirstOrDefault(persona => persona.Id == id);

    /// <summary>By its fixed token: nobody signed in, and nothing is remembered.</summary>
    public Caller ToCaller() => Caller.Of(Id, DisplayName, [new Grant(Role, Origin: "persona")]);

    public ProvenPerson ToProven() => new(PersonSource.Development, Id, Id, DisplayName, new Memberships([], [Role.ToString()]), $"{Id}@personas.invalid");
}
