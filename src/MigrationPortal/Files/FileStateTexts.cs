namespace MigrationPortal.Files;

/// <summary>What becomes of a file, in words.</summary>
public sealed class FileStateTexts;
