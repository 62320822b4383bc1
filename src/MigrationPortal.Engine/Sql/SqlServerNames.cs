using System.Globalization;
using System.Text;

namespace MigrationPortal.Engine.Sql;

/// <summary>
/// Names as SQL_Latin1_General_CP1_CI_AS compares nvarchar (trap 4): case, width and the kind of kana do not count, accents do,
/// trailing blanks do not, ß is ss and æ is ae, and what this collation has no weight for is not there at all: control and format
/// characters, and everything beyond the first plane, such as emoji.
/// </summary>
internal static class SqlServerNames
{
    public static string Key(string name)
    {
        var known = new StringBuilder(name.Length);
        foreach (var unit in name)
            if (!char.IsSurrogate(unit)) known.Append(unit);
        var key = new StringBuilder(known.Length);
        foreach (var unit in known.ToString().Normalize(NormalizationForm.FormKC))
        {
            var lower = char.ToLowerInvariant(unit);
            _ = char.GetUnicodeCategory(unit) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse
                ? key
                : lower switch
                {
                    'ß' or 'ẞ' => key.Append("ss"),
                    'æ' => key.Append("ae"),
                    'œ' => key.Append("oe"),
                    'þ' => key.Append("th"),
                    // Katakana stand 96 above the hiragana of the same sound.
                    >= 'ァ' and <= 'ヶ' => key.Append((char)(lower - 0x60)),
                    _ => key.Append(lower),
                };
        }
        return key.ToString().TrimEnd(' ');
    }
}
