namespace MigrationPortal.Ui;

/// <summary>Of readings that overlap, what was asked for last is shown, whichever of them ends first.</summary>
internal sealed class NewestReading
{
    private Task? _newest;

    /// <param name="show">Not called where another reading was begun meanwhile.</param>
    public async Task<T> ShowAsync<T>(Task<T> reading, Action<T> show)
    {
        _newest = reading;
        var read = await reading;
        if (ReferenceEquals(_newest, reading))
            show(read);
        return read;
    }
}
