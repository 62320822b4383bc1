using MigrationPortal.Engine;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.SignIn.Tokens;

namespace MigrationPortal.SignIn;

/// <summary>
/// For commands that cannot be taken back: what somebody signed in with must still hold at this moment, whatever an open page
/// shows. The session, the account and its groups are asked about again.
/// </summary>
internal sealed class FreshRights(LiveSessions sessions, LiveTokens tokens)
{
    /// <returns>The caller as they are now.</returns>
    public Task<Outcome<Caller>> RequireAsync(Caller caller, Role role, string doing, CancellationToken cancellationToken) => RequireAnyAsync(caller, doing, [role], cancellationToken);

    public async Task<Outcome<Caller>> RequireAnyAsync(Caller caller, string doing, Role[] roles, CancellationToken cancellationToken)
    {
        if (Rights.RequireAny(caller, doing, roles) is { } lacking)
            return lacking;
        var fresh = await RenewAsync(caller, cancellationToken);
        return fresh.IsDone && Rights.RequireAny(fresh.Value, doing, roles) is { } refusal ? refusal : fresh;
    }

    private async Task<Outcome<Caller>> RenewAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.SessionId is { } session)
        {
            var live = await sessions.FindAsync(session, isSeen: true, now: true, cancellationToken);
            return live is null ? new Refusal("session-ended", RefusalKind.NotAllowed) : live.IsCertain ? live.Caller : Silent();
        }

        if (caller.TokenId is { } token)
        {
            var live = await tokens.FindAsync(token, cancellationToken);
            return live is null ? new Refusal("session-ended.token", RefusalKind.NotAllowed) : live.IsCertain ? live.Caller : Silent();
        }

        return caller;
    }

    private static Refusal Silent() =>
        new("directory-unavailable", RefusalKind.Unavailable);
}
