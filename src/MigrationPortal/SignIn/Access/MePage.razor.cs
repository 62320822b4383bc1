using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MigrationPortal.Api;
using MigrationPortal.Engine;
using MigrationPortal.Lists;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;
using MigrationPortal.Ui;
using MigrationPortal.Ui.Asking;
using MudBlazor;

namespace MigrationPortal.SignIn.Access;

/// <summary>Oneself: roles with their origin, sessions, tokens.</summary>
public sealed partial class MePage
{
    private Caller? _caller;
    private Page<SessionRow>? _sessions;
    private Page<TokenRow>? _tokens;
    private int _skip;
    private int _tokensSkip;

    [SupplyParameterFromQuery] public string? Pair { get; set; }

    [SupplyParameterFromQuery(Name = "skip")] public string? SkipText { get; set; }

    private int Skip => QueryNumber.Skip(SkipText);

    [SupplyParameterFromQuery(Name = "tokens")] public string? TokensSkipText { get; set; }

    private int TokensSkip => QueryNumber.Skip(TokensSkipText);

    [Inject] internal CurrentCaller CurrentCaller { get; set; } = null!;

    [Inject] internal SessionQueries Sessions { get; set; } = null!;

    [Inject] internal TokenQueries Tokens { get; set; } = null!;

    [Inject] internal EndSessionsHandler Ending { get; set; } = null!;

    [Inject] internal RevokeTokenHandler Revoking { get; set; } = null!;

    [Inject] internal IDialogService Dialogs { get; set; } = null!;

    [Inject] internal Toasts Toasts { get; set; } = null!;

    [Inject] internal NavigationManager Navigation { get; set; } = null!;

    [Inject] internal IOptions<SignInOptions> Options { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        _caller = await CurrentCaller.GetAsync();
        if (RendererInfo.IsInteractive)
            await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _caller = await CurrentCaller.GetAsync();
        var caller = _caller;
        (_sessions, _skip) = await Paging.Of(Skip, null).ReadAsync(x => Sessions.ListOwnAsync(caller, x, CancellationToken.None), x => x.Total);
        (_tokens, _tokensSkip) = await Paging.Of(TokensSkip, null).ReadAsync(x => Tokens.ListOwnAsync(caller, x, CancellationToken.None), x => x.Total);
    }

    private async Task EndAsync(SessionRow row)
    {
        if (await Dialogs.ConfirmEndAsync(L, row, row.Id == _caller?.SessionId) is null)
            return;
        Tell((await Ending.EndOneAsync(row.Id, await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        if (row.Id == _caller?.SessionId)
            Navigation.NavigateTo(Urls.SignIn, forceLoad: true);
        else
            await LoadAsync();
    }

    private async Task LeaveEverywhereAsync()
    {
        var sentence = L["LeaveSentence"];
        if (await Dialogs.ConfirmAsync(L["LeaveTitle"], sentence, L["SignOut"], danger: true) is null)
            return;
        Tell((await Ending.EndOwnAsync(await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        Navigation.NavigateTo(Urls.SignIn, forceLoad: true);
    }

    private async Task RevokeAsync(TokenRow row)
    {
        if (await Dialogs.ConfirmRevokeAsync(L, row) is null)
            return;
        Tell((await Revoking.HandleAsync(row.Token.Id, await CurrentCaller.GetAsync(), CancellationToken.None)).Refusal);
        await LoadAsync();
    }

    private string UrlOf(int sessions, int tokens) => Urls.SessionsAndTokens(Urls.Me(), sessions, tokens, Pair);

    private void Tell(Refusal? refusal)
    {
        if (refusal is not null)
            Toasts.Refused(refusal);
    }

    private static string Words(TimeSpan time) => time.TotalHours >= 1 ? $"{time.TotalHours:0.#} h" : $"{time.TotalMinutes:0.#} min";
}
