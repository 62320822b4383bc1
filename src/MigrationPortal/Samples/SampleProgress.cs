using MigrationPortal.Live;

namespace MigrationPortal.Samples;

internal enum SampleState
{
    NotAsked,
    Making,
    Complete,
    Failed,
}

/// <param name="Phase">What is being made, e.g. <c>LegacyMessages</c>.</param>
internal sealed record SampleStatus(SampleState State, string? Name, string? Phase, long Done, long Total, string? Error);

/// <summary>How far the samples are, for every page that would otherwise look empty. Announced as <c>samples</c>.</summary>
internal sealed class SampleProgress(LiveFeed feed)
{
    public const string Topic = "samples";

    private SampleStatus _status = new(SampleState.NotAsked, null, null, 0, 0, null);

    public SampleStatus Status => Volatile.Read(ref _status);

    public bool IsMaking => Status.State == SampleState.Making;

    public void Report(SampleStatus status)
    {
        Volatile.Write(ref _status, status);
        feed.Announce(Topic);
    }
}
