namespace MigrationPortal.People;

/// <summary>Names the texts of both pages about people.</summary>
public sealed class PeopleTexts;
