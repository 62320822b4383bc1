namespace MigrationPortal.Tests.Shared;

/// <summary>
/// What tells this process of tests from others on the machine, before and beside it. Not the process number: in a process namespace of its
/// own every run has nearly the same one, and finds what an interrupted run left under it.
/// </summary>
internal static class TestRun
{
    public static string Name { get; } = Guid.NewGuid().ToString("n")[..8];
}
