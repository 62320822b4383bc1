namespace MigrationPortal.Setup;

/// <summary>Names the resources of the first run.</summary>
internal sealed class SetupTexts;
