using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MigrationPortal.Engine;

/// <summary>
/// A sentence with names in it, as <c>$"“{name}” is taken"</c>: every text that is filled in is made safe by
/// <see cref="DisplayText.InSentence"/>, so that no name can turn what stands after it. Refusals and findings take it by themselves.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sentence(int literalLength, int formattedCount)
{
    private const int LengthOfAName = 20;

    private readonly StringBuilder _text = new(literalLength + (LengthOfAName * formattedCount));

    public static string Of(Sentence sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return sentence.ToString();
    }

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(DisplayText.InSentence(value ?? ""));

    public void AppendFormatted<T>(T value, string? format = null) =>
        _text.Append(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : DisplayText.InSentence(value?.ToString() ?? ""));

    public override string ToString() => _text.ToString();
}
