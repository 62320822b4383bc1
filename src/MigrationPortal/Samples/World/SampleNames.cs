namespace MigrationPortal.Samples.World;

/// <summary>Names of people; 40 × 45 pairs, taken in an order in which neighbours share neither.</summary>
internal static class SampleNames
{
    private static readonly string[] First =
    [
        "Anna", "Ben", "Chiara", "David", "Elif", "Farid", "Grace", "Henrik", "Ines", "Jonas", "Katarzyna", "Liam", "Mei", "Nikhil", "Olivia", "Pedro",
        "Quentin", "Rosa", "Søren", "Tara", "Ulrich", "Valentina", "Wei", "Ximena", "Yusuf", "Zoë", "Aiko", "Björn", "Caroline", "Dmitri", "Eleanor",
        "François", "Giulia", "Hassan", "Isabel", "James", "Kofi", "Lena", "Marco", "Noor",
    ];

    private static readonly string[] Last =
    [
        "Abbott", "Berg", "Costa", "Dubois", "Eriksen", "Fischer", "García", "Hughes", "Ibrahim", "Jansen", "Kowalski", "Lindqvist", "Müller", "Novak",
        "O'Brien", "Patel", "Quinn", "Rossi", "Schäfer", "Tanaka", "Ueda", "Vasquez", "Weber", "Xu", "Yılmaz", "Zimmermann", "Adeyemi", "Brown", "Chen",
        "Díaz", "Evans", "Fontaine", "Gupta", "Hoffmann", "Ivanova", "Johnson", "Keller", "López", "Moreau", "Nielsen", "Okafor", "Popescu", "Reyes", "Singh", "Thompson",
    ];

    public static (string First, string Last) Of(int index) => (First[index % First.Length], Last[(index * 7 + index / First.Length) % Last.Length]);

    public static string Ascii(string name) => PoolPairs.PoolPairId.FromName(name).Replace("-", "", StringComparison.Ordinal);
}
