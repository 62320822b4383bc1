using System.Text;

namespace MigrationPortal.Engine.Planning;

/// <summary>
/// A directory path as its relative names (RFC 4514), compared one by one: <c>CN=x\,OU=Ops,DC=c</c> is not below <c>OU=Ops,DC=c</c>.
/// A deleted object is called <c>CN=name\0ADEL:guid</c>, one of a replication conflict <c>CN=name\0ACNF:guid</c>.
/// </summary>
internal sealed class DistinguishedName
{
    // The object's own name first, as in the text; types in upper case, values without escapes.
    private readonly List<(string Type, string Value)> _names;

    private DistinguishedName(List<(string, string)> names) => _names = names;

    /// <summary>Value of the leading <c>CN=</c>, without the mark of a deleted or doubled object; null when there is none.</summary>
    public string? CommonName => _names is [("CN", var value), ..] && WithoutMark(value) is { Length: > 0 } name ? name : null;

    /// <summary>The object, or something above it, was deleted from the directory (trap 29).</summary>
    public bool IsDeleted => _names.Exists(x => MarkIn(x.Value, "DEL:") >= 0) || _names.Skip(1).Any(x => x is ("CN", var value) && value.Equals("Deleted Objects", StringComparison.OrdinalIgnoreCase));

    /// <summary>Null where there is no path.</summary>
    public static DistinguishedName? Parse(string? path) => string.IsNullOrWhiteSpace(path) ? null : new(new RelativeNames(path).Read());

    public bool IsAtOrBelow(DistinguishedName container)
    {
        var above = _names.Count - container._names.Count;
        if (above < 0 || container._names.Count == 0)
            return false;
        for (var i = 0; i < container._names.Count; i++)
        {
            var (mine, its) = (_names[above + i], container._names[i]);
            if (mine.Type != its.Type || !mine.Value.Equals(its.Value, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    /// <summary>What stands before the line feed with which the directory marks a deleted or doubled object.</summary>
    public static string WithoutMark(string name) => Math.Max(MarkIn(name, "DEL:"), MarkIn(name, "CNF:")) is >= 0 and var at ? name[..at] : name;

    private static int MarkIn(string name, string mark) => name.IndexOf("\n" + mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>Splits at commas that are not escaped. An escape is <c>\,</c> before a special character, or <c>\C3\BC</c> for bytes of UTF-8.</summary>
    private sealed class RelativeNames(string path)
    {
        private readonly StringBuilder _value = new();
        private readonly List<byte> _bytes = [];
        // The value up to its last character that is not an unescaped blank.
        private int _kept;

        public List<(string Type, string Value)> Read()
        {
            var names = new List<(string, string)>();
            string? type = null;
            for (var i = 0; i < path.Length; i++)
            {
                if (path[i] == '\\' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
                {
                    _bytes.Add(Convert.FromHexString(path.AsSpan(i + 1, 2))[0]);
                    i += 2;
                }
                else if (path[i] == '\\' && i + 1 < path.Length)
                    Append(path[++i], isEscaped: true);
                else if (path[i] == ',')
                {
                    names.Add((type ?? "", Take()));
                    type = null;
                }
                else if (path[i] == '=' && type is null)
                    type = Take().ToUpperInvariant();
                else
                    Append(path[i], isEscaped: false);
            }

            names.Add((type ?? "", Take()));
            return names;
        }

        private void Append(char character, bool isEscaped)
        {
            Flush();
            if (_value.Length == 0 && character == ' ' && !isEscaped)
                return;
            _value.Append(character);
            if (character != ' ' || isEscaped)
                _kept = _value.Length;
        }

        private void Flush()
        {
            if (_bytes.Count == 0)
                return;
            _value.Append(Encoding.UTF8.GetString([.. _bytes]));
            _bytes.Clear();
            _kept = _value.Length;
        }

        private string Take()
        {
            Flush();
            var value = _value.ToString(0, _kept);
            _value.Clear();
            _kept = 0;
            return value;
        }
    }
}
