namespace MigrationPortal.Start;

/// <summary>The portal cannot start, and a person can fix why: printed as sentences, one per line, never with a stack trace.</summary>
internal sealed class StartupRefusedException(IReadOnlyList<string> sentences) : Exception(string.Join(Environment.NewLine, sentences))
{
    public StartupRefusedException(string sentence)
        : this([sentence])
    {
    }

    public IReadOnlyList<string> Sentences { get; } = sentences;
}
