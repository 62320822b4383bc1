namespace MigrationPortal.Batches;

/// <summary>Finds what was written together with a notice: in one transaction, whose steps read the clock one after the other.</summary>
internal static class OneDeed
{
    private static readonly TimeSpan _apart = TimeSpan.FromSeconds(10);

    public static (DateTimeOffset From, DateTimeOffset To) Around(DateTimeOffset at) => (at - _apart, at + _apart);
}
