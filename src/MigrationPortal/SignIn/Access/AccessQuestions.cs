using Microsoft.Extensions.Localization;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MudBlazor;

namespace MigrationPortal.SignIn.Access;

/// <summary>Asked before a session is ended or a token revoked: whoever did it cannot take that back.</summary>
internal static class AccessQuestions
{
    public static Task<Confirmation?> ConfirmEndAsync(this IDialogService dialogs, IStringLocalizer<AccessTexts> texts, SessionRow row, bool isMine) => dialogs.ConfirmAsync(
        texts["EndTitle"], isMine ? texts["EndMine"] : texts["EndSentence", row.DisplayName, BrowserName.Of(row.Browser) ?? texts["UnknownBrowser"]], texts["End"], danger: true);

    public static Task<Confirmation?> ConfirmRevokeAsync(this IDialogService dialogs, IStringLocalizer<AccessTexts> texts, TokenRow row) => dialogs.ConfirmAsync(
        texts["RevokeTitle"], texts["RevokeSentence", row.Token.Label, row.OwnerDisplayName], texts["Revoke"], danger: true);
}
