
using MigrationPortal.Ui;
using MigrationPortal.Ui.Values;

namespace MigrationPortal.Samples.World;

/// <summary>Traps 35 to 42, 54, 55, 57, 63 and 64: what stands in a room, and how it is numbered and dated.</summary>
internal static class AwkwardMessages
{
    public static void AddTo(AwkwardRoomsBuilder rooms)
    {
        rooms.Room(rooms.Desk, "35 Clock set back", messages: x => x with { RunsBackwards = true });
        rooms.Room(rooms.Desk, "35 Purged from both ends", messages: x => x with { FirstChatId = 4_711, PurgedAtEnd = 12 });
        rooms.Room(rooms.Desk, "35 Purged to the last", messages: x => x with { Count = 0, FirstChatId = 812, PurgedAtEnd = 0 });
        rooms.Room(rooms.Desk, "36 In the last tick of its day", messages: x => x with { From = SampleClock.Founded.Date.AddTicks(-1), To = SampleClock.Founded.Date.AddDays(1) });
        rooms.Room(rooms.Desk, "37 More than text <b>日本語</b>", x => x with { Description = "=1+1 and <script>alert(1)</script>" }, x => x with { Special = SampleTexts.Hostile });
        rooms.Room(rooms.Desk, "39 Links to files", messages: x => x with { Special = Files });
        rooms.Room(rooms.Desk, "41 From a long time ago", messages: x => x with { From = new DateTime(2007, 3, 1, 8, 0, 0, DateTimeKind.Unspecified), To = SampleClock.Today });
        rooms.Room(rooms.Desk, "42 Nothing but alerts", messages: x => x with { AllAlerts = true });
        rooms.GuidTaken = rooms.Room(rooms.Desk, "54 Its identity is taken");
        rooms.Room(rooms.Desk, "55 Addresses of rooms", messages: x => x with { Special = Addresses });
        rooms.Room(rooms.Drifted, "57 Moved by hand");
        rooms.Room(rooms.Drifted, "Moves into a category that was changed");
        rooms.Room(rooms.Desk, "64 In one millisecond", messages: x => x with { InOneMillisecond = true });
        // Left behind by a room that somebody deleted from the tree.
        rooms.World.Messages.Add(new() { NodeId = 900_001, Seed = "stray", Count = 3, Authors = [rooms.People[0].PrincipalId], From = SampleClock.Founded, To = SampleClock.Founded.AddDays(1) });
    }

    private static readonly Dictionary<long, string> Files = new()
    {
        [1] = "ma-filelink:6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01.xlsx",
        [2] = "see ma-filelink:6F1D1C60-3A52-4A8E-9C1B-0D2F5E7A9B02.PDF and tell me",
        [3] = "ma-filelink:..\\..\\windows\\win.ini",
        [4] = "ma-filelink:/etc/passwd",
        [5] = "ma-filelink:nobody-has-this.docx",
        [6] = "<a href=\"ma-filelink:leads-out.txt\">out</a>",
        [7] = "ma-filelink:twin.txt",
        [8] = "ma-filelink://chat.contoso.com/upload/6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01.xlsx",
    };

    private static readonly Dictionary<long, string> Addresses = new()
    {
        [1] = "ma-chan://contoso.com/6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01",
        [2] = "ma-chan://old-name.contoso.com/6f1d1c60-3a52-4a8e-9c1b-0d2f5e7a9b01",
        // Trap 63: in old content the tail may be a number.
        [3] = "ma-chan://contoso.com/4711",
    };
}
