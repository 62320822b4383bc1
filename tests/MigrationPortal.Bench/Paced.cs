namespace MigrationPortal.Bench;

/// <summary>Says each step on a line; with a leader, waits for a line of his before the next one, so that he knows how far at most it came.</summary>
internal sealed class Paced(bool isLed)
{
    private readonly Lock _oneAtATime = new();

    public void Say(string step)
    {
        lock (_oneAtATime)
        {
            Console.WriteLine(step);
            if (isLed) Console.ReadLine();
        }
    }
}
