namespace MigrationPortal.PoolPairs.Checking;

/// <summary>Names the resources of the parts that show checks.</summary>
internal sealed class CheckTexts;
