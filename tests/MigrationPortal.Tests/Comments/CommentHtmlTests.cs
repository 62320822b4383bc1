using MigrationPortal.Comments.Formatting;

namespace MigrationPortal.Tests.Comments;

/// <summary>Trap V4: a comment is somebody else's text in everybody's page.</summary>
public sealed class CommentHtmlTests
{
    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](  javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java%0ascript:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](file:///etc/passwd)",
        "[x](blob:https://a/b)",
        "[x](//evil.example)",
        "[x](/\\evil.example)",
        "[x](\\\\evil.example\\share)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![x](https://evil.example/pixel.png)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[![x](https://evil.example/a.png)](javascript:alert(1))",
        "[x](https://ok.example \"\\\" onmouseover=alert(1) \\\"\")",
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "| a |\n|---|\n| <b onclick=alert(1)>x</b> |",
        "# <script>alert(1)</script>",
        "@[<b>Anna</b>](person:1)",
        "@[Anna](person:1\" onclick=\"alert(1))",
        "<style>*{display:none}</style>",
        "<iframe src=https://evil.example></iframe>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Render_Attack_LeavesOnlyWhatIsAllowed(string markdown)
    {
        var html = CommentHtml.Render(markdown, Name);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument($"<body>{html}</body>");
        Assert.All(page.Body!.QuerySelectorAll("*"), element =>
        {
            Assert.Contains(element.LocalName, new[] { "p", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "a", "br", "hr" });
            Assert.All(element.Attributes, x => Assert.Contains(x.Name, new[] { "href", "rel", "title", "class", "start", "type", "style" }));
        });
        Assert.All(page.QuerySelectorAll("a"), link => Assert.Matches("^(https?://|mailto:|/(?![/\\\\]))", link.GetAttribute("href")));
        Assert.All(page.QuerySelectorAll("[style]"), x => Assert.StartsWith("text-align", x.GetAttribute("style"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("**bold** and *italic*", "<p><strong>bold</strong> and <em>italic</em></p>")]
    [InlineData("one\ntwo", "<p>one<br />\ntwo</p>")]
    [InlineData("# Title", "<p><strong>Title</strong></p>")]
    [InlineData("[runbook](https://wiki.contoso.com/x)", "<p><a href=\"https://wiki.contoso.com/x\" rel=\"noopener noreferrer\">runbook</a></p>")]
    [InlineData("[batch](/batches/12)", "<p><a href=\"/batches/12\" rel=\"noopener noreferrer\">batch</a></p>")]
    [InlineData("![plan](https://wiki.contoso.com/plan.png)", "<p><a href=\"https://wiki.contoso.com/plan.png\" rel=\"noopener noreferrer\">plan</a></p>")]
    [InlineData("hello @[Anyone](person:12)", "<p>hello <strong class=\"mention\">@Anna Kowalska</strong></p>")]
    [InlineData("hello @[Nobody](person:404)", "<p>hello @Nobody</p>")]
    [InlineData("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>")]
    public void Render_Markdown_IsWhatItSays(string markdown, string html) => Assert.Equal(html, CommentHtml.Render(markdown, Name).Trim());

    [Fact]
    public void Plain_WithMarksAndMention_IsOneLineOfText() =>
        Assert.Equal("See the runbook, @Anna Kowalska: a < b", CommentHtml.Plain("See the **[runbook](https://x.example)**,\n@[A](person:12): a < b", Name));

    private static string? Name(long person) => person == 12 ? "Anna Kowalska" : null;
}
