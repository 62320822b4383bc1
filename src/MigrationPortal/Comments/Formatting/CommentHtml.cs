using System.Globalization;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MigrationPortal.Comments.Formatting;

/// <summary>
/// A comment's Markdown as HTML that can be put into a page. Markdig writes no HTML of the author's, but it does write <c>javascript:</c> and
/// <c>data:</c> addresses and pictures from elsewhere: the tree is walked, and only what is listed here leaves it.
/// </summary>
internal static class CommentHtml
{
    private const string PersonPrefix = "person:";

    private static readonly MarkdownPipeline _pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();

    /// <param name="nameOf">What somebody who is mentioned is called now; null for an unknown number, which stays as it was typed.</param>
    public static string Render(string markdown, Func<long, string?> nameOf)
    {
        var document = Markdown.Parse(markdown, _pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Tame(link, nameOf);
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (!link.IsEmail && !IsAllowed(link.Url))
                link.ReplaceBy(new LiteralInline(link.Url));
            else
                Mark(link);
        }

        // HTML is no syntax here; should any have become an element, it goes.
        foreach (var html in document.Descendants<HtmlInline>().ToList())
            html.Remove();
        foreach (var html in document.Descendants<HtmlBlock>().ToList())
            html.Parent!.Remove(html);
        return Write(document);
    }

    /// <summary>As <see cref="Plain"/>, and no longer than so many characters; no character is cut in half.</summary>
    public static string Excerpt(string markdown, Func<long, string?> nameOf, int longest)
    {
        var plain = Plain(markdown, nameOf);
        return plain.Length <= longest ? plain : plain[..(char.IsHighSurrogate(plain[longest - 1]) ? longest - 1 : longest)] + "…";
    }

    /// <summary>Without its marks, for a line in a list.</summary>
    public static string Plain(string markdown, Func<long, string?> nameOf)
    {
        var document = Markdown.Parse(markdown, _pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Tame(link, nameOf);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer) { EnableHtmlForInline = false, EnableHtmlForBlock = false, EnableHtmlEscape = false };
        _pipeline.Setup(renderer);
        renderer.Render(document);
        return string.Join(' ', writer.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // A page has its own headings: a comment's are bold lines.
    private static string Write(MarkdownDocument document)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        _pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new BoldLine());
        renderer.Render(document);
        return writer.ToString();
    }

    private static void Tame(LinkInline link, Func<long, string?> nameOf)
    {
        if (link.Url?.StartsWith(PersonPrefix, StringComparison.Ordinal) == true)
        {
            Mention(link, nameOf);
            return;
        }

        if (!IsAllowed(link.Url))
        {
            Flatten(link);
            return;
        }

        // A picture would tell its server who reads this, and when.
        if (link.IsImage)
        {
            link.IsImage = false;
            if (link.FirstChild is null)
                link.AppendChild(new LiteralInline(link.Url!));
        }

        Mark(link);
    }

    private static void Mark(Inline link) => link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer");

    // @[Anna](person:12): the name is that of the person, whatever stands in the brackets.
    private static void Mention(LinkInline link, Func<long, string?> nameOf)
    {
        if (link.PreviousSibling is not LiteralInline before || before.Content.IsEmpty || before.Content.Text[before.Content.End] != '@'
            || !long.TryParse(link.Url.AsSpan(PersonPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || nameOf(id) is not { } name)
        {
            Flatten(link);
            return;
        }

        before.Content = new(before.Content.Text, before.Content.Start, before.Content.End - 1);
        var mention = new EmphasisInline { DelimiterChar = '*', DelimiterCount = 2 };
        mention.GetAttributes().AddClass("mention");
        mention.AppendChild(new LiteralInline("@" + name));
        link.ReplaceBy(mention, copyChildren: false);
    }

    // Its text stays, the address goes.
    private static void Flatten(LinkInline link)
    {
        if (link.FirstChild is null)
        {
            link.Remove();
            return;
        }

        var text = new ContainerInline();
        link.ReplaceBy(text, copyChildren: true);
    }

    /// <summary>http, https, mailto, and an address of the portal itself.</summary>
    internal static bool IsAllowed(string? url)
    {
        if (string.IsNullOrEmpty(url) || url.Any(x => char.IsControl(x) || x == '\\'))
            return false;
        if (url[0] == '/')
            return url.Length == 1 || url[1] != '/';
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto"
            && url.StartsWith(address.Scheme + ":", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class BoldLine : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
        {
            renderer.EnsureLine();
            renderer.Write("<p><strong>");
            renderer.WriteLeafInline(obj);
            renderer.WriteLine("</strong></p>");
        }
    }
}
