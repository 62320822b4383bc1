using System.Runtime.CompilerServices;
using System.Text;
using MudBlazor;

namespace MigrationPortal.Ui;

/// <summary>
/// The icons of our pages, as what stands inside of an SVG element. Each points into one drawing that browsers keep: MudBlazor's own texts are up to 1 400 characters, which
/// every page would send twice, in its HTML and over its connection.
/// </summary>
internal static class PortalIcons
{
    public const string Path = "/img/icons.svg";

    // Equal builds draw the same, so that nodes and restarts share what browsers keep.
    private static readonly string Version = typeof(PortalIcons).Module.ModuleVersionId.ToString("N")[..8];
    private static readonly SortedDictionary<string, string> Shapes = new(StringComparer.Ordinal);

    public static readonly string AcUnit = Of(Icons.Material.Outlined.AcUnit);
    public static readonly string AddComment = Of(Icons.Material.Outlined.AddComment);
    public static readonly string AlternateEmail = Of(Icons.Material.Outlined.AlternateEmail);
    public static readonly string ArrowForward = Of(Icons.Material.Outlined.ArrowForward);
    public static readonly string AttachFile = Of(Icons.Material.Outlined.AttachFile);
    public static readonly string Backup = Of(Icons.Material.Outlined.Backup);
    public static readonly string Block = Of(Icons.Material.Outlined.Block);
    public static readonly string BookmarkAdd = Of(Icons.Material.Outlined.BookmarkAdd);
    public static readonly string Bookmarks = Of(Icons.Material.Outlined.Bookmarks);
    public static readonly string Cancel = Of(Icons.Material.Filled.Cancel);
    public static readonly string ChangeCircle = Of(Icons.Material.Filled.ChangeCircle);
    public static readonly string ChatBubbleOutline = Of(Icons.Material.Outlined.ChatBubbleOutline);
    public static readonly string Check = Of(Icons.Material.Filled.Check);
    public static readonly string CheckBox = Of(Icons.Material.Filled.CheckBox);
    public static readonly string CheckBoxOutlineBlank = Of(Icons.Material.Outlined.CheckBoxOutlineBlank);
    public static readonly string CheckCircle = Of(Icons.Material.Outlined.CheckCircle);
    public static readonly string CheckCircleFilled = Of(Icons.Material.Filled.CheckCircle);
    public static readonly string ChevronLeft = Of(Icons.Material.Outlined.ChevronLeft);
    public static readonly string ChevronRight = Of(Icons.Material.Outlined.ChevronRight);
    public static readonly string Circle = Of(Icons.Material.Outlined.Circle);
    public static readonly string Close = Of(Icons.Material.Outlined.Close);
    public static readonly string CloudOff = Of(Icons.Material.Outlined.CloudOff);
    public static readonly string ContentCopy = Of(Icons.Material.Outlined.ContentCopy);
    public static readonly string Contrast = Of(Icons.Material.Outlined.Contrast);
    public static readonly string CrisisAlert = Of(Icons.Material.Outlined.CrisisAlert);
    public static readonly string CrisisAlertFilled = Of(Icons.Material.Filled.CrisisAlert);
    public static readonly string Delete = Of(Icons.Material.Outlined.Delete);
    public static readonly string DeleteForever = Of(Icons.Material.Outlined.DeleteForever);
    public static readonly string DeleteForeverFilled = Of(Icons.Material.Filled.DeleteForever);
    public static readonly string DoneAll = Of(Icons.Material.Outlined.DoneAll);
    public static readonly string Edit = Of(Icons.Material.Outlined.Edit);
    public static readonly string EditNote = Of(Icons.Material.Outlined.EditNote);
    public static readonly string Error = Of(Icons.Material.Filled.Error);
    public static readonly string ErrorOutline = Of(Icons.Material.Outlined.ErrorOutline);
    public static readonly string EventBusy = Of(Icons.Material.Outlined.EventBusy);
    public static readonly string ExpandLess = Of(Icons.Material.Filled.ExpandLess);
    public static readonly string ExpandMore = Of(Icons.Material.Outlined.ExpandMore);
    public static readonly string Extension = Of(Icons.Material.Outlined.Extension);
    public static readonly string FactCheck = Of(Icons.Material.Outlined.FactCheck);
    public static readonly string FileDownload = Of(Icons.Material.Outlined.FileDownload);
    public static readonly string Flag = Of(Icons.Material.Outlined.Flag);
    public static readonly string Folder = Of(Icons.Material.Outlined.Folder);
    public static readonly string Forum = Of(Icons.Material.Outlined.Forum);
    public static readonly string GppBad = Of(Icons.Material.Outlined.GppBad);
    public static readonly string Group = Of(Icons.Material.Outlined.Group);
    public static readonly string Groups = Of(Icons.Material.Outlined.Groups);
    public static readonly string HelpOutline = Of(Icons.Material.Outlined.HelpOutline);
    public static readonly string History = Of(Icons.Material.Outlined.History);
    public static readonly string HourglassBottom = Of(Icons.Material.Outlined.HourglassBottom);
    public static readonly string HourglassBottomFilled = Of(Icons.Material.Filled.HourglassBottom);
    public static readonly string HourglassDisabled = Of(Icons.Material.Outlined.HourglassDisabled);
    public static readonly string HowToReg = Of(Icons.Material.Outlined.HowToReg);
    public static readonly string Inbox = Of(Icons.Material.Outlined.Inbox);
    public static readonly string Info = Of(Icons.Material.Outlined.Info);
    public static readonly string Inventory2 = Of(Icons.Material.Outlined.Inventory2);
    public static readonly string Key = Of(Icons.Material.Outlined.Key);
    public static readonly string Keyboard = Of(Icons.Material.Outlined.Keyboard);
    public static readonly string KeyboardArrowDown = Of(Icons.Material.Outlined.KeyboardArrowDown);
    public static readonly string KeyboardArrowUp = Of(Icons.Material.Outlined.KeyboardArrowUp);
    public static readonly string List = Of(Icons.Material.Outlined.List);
    public static readonly string Lock = Of(Icons.Material.Outlined.Lock);
    public static readonly string Logout = Of(Icons.Material.Outlined.Logout);
    public static readonly string ManageAccounts = Of(Icons.Material.Outlined.ManageAccounts);
    public static readonly string Menu = Of(Icons.Material.Filled.Menu);
    public static readonly string Notifications = Of(Icons.Material.Outlined.Notifications);
    public static readonly string NotificationsFilled = Of(Icons.Material.Filled.Notifications);
    public static readonly string NotificationsOff = Of(Icons.Material.Outlined.NotificationsOff);
    public static readonly string Pause = Of(Icons.Material.Filled.Pause);
    public static readonly string PauseCircle = Of(Icons.Material.Outlined.PauseCircle);
    public static readonly string People = Of(Icons.Material.Outlined.People);
    public static readonly string Person = Of(Icons.Material.Outlined.Person);
    public static readonly string PersonAdd = Of(Icons.Material.Outlined.PersonAdd);
    public static readonly string PersonOff = Of(Icons.Material.Outlined.PersonOff);
    public static readonly string PlayArrow = Of(Icons.Material.Filled.PlayArrow);
    public static readonly string PlayCircle = Of(Icons.Material.Outlined.PlayCircle);
    public static readonly string Policy = Of(Icons.Material.Outlined.Policy);
    public static readonly string Print = Of(Icons.Material.Outlined.Print);
    public static readonly string RateReview = Of(Icons.Material.Outlined.RateReview);
    public static readonly string RecordVoiceOver = Of(Icons.Material.Outlined.RecordVoiceOver);
    public static readonly string Refresh = Of(Icons.Material.Outlined.Refresh);
    public static readonly string Reply = Of(Icons.Material.Outlined.Reply);
    public static readonly string RestartAlt = Of(Icons.Material.Outlined.RestartAlt);
    public static readonly string Save = Of(Icons.Material.Outlined.Save);
    public static readonly string Schedule = Of(Icons.Material.Outlined.Schedule);
    public static readonly string Search = Of(Icons.Material.Outlined.Search);
    public static readonly string Send = Of(Icons.Material.Outlined.Send);
    public static readonly string Settings = Of(Icons.Material.Outlined.Settings);
    public static readonly string SpaceDashboard = Of(Icons.Material.Outlined.SpaceDashboard);
    public static readonly string Speed = Of(Icons.Material.Outlined.Speed);
    public static readonly string Sync = Of(Icons.Material.Outlined.Sync);
    public static readonly string SyncProblem = Of(Icons.Material.Outlined.SyncProblem);
    public static readonly string Translate = Of(Icons.Material.Outlined.Translate);
    public static readonly string Tune = Of(Icons.Material.Outlined.Tune);
    public static readonly string UnfoldMore = Of(Icons.Material.Outlined.UnfoldMore);
    public static readonly string UploadFile = Of(Icons.Material.Outlined.UploadFile);
    public static readonly string VerifiedUser = Of(Icons.Material.Outlined.VerifiedUser);
    public static readonly string ViewColumn = Of(Icons.Material.Outlined.ViewColumn);
    public static readonly string ViewList = Of(Icons.Material.Outlined.ViewList);
    public static readonly string VisibilityOff = Of(Icons.Material.Outlined.VisibilityOff);

    private static readonly byte[] Sheet = Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\">{string.Concat(Shapes.Select(x => $"<g id=\"{x.Key}\">{x.Value}</g>"))}</svg>");

    /// <summary>Kept for good under its own version alone: while nodes are updated one after another, a page of the one may ask the other.</summary>
    public static IResult Serve(HttpContext context)
    {
        context.Response.Headers.CacheControl = context.Request.QueryString.Value == $"?{Version}" ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(Sheet, "image/svg+xml");
    }

    private static string Of(string shape, [CallerMemberName] string name = "")
    {
        Shapes.Add(name, shape);
        return $"<use href=\"{Path}?{Version}#{name}\"/>";
    }
}
