namespace MigrationPortal.SignIn.Access;

/// <summary>Names the resources of the pages about people, roles, sessions and tokens.</summary>
internal sealed class AccessTexts;
