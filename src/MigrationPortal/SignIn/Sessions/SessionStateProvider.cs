using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;
using MigrationPortal.Data;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.Sessions;

/// <summary>Ends the circuit's identity with its session and follows its roles: left alone, an open page outlives both.</summary>
internal sealed class SessionStateProvider(ILoggerFactory logging, LiveSessions sessions, CircuitActivity activity, WaitOut waitOut, IOptions<SignInOptions> options)
    : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => options.Value.RecheckInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        if (user.FindNumber(CallerClaims.Session) is not { } id
            || await FindAsync(id, cancellationToken) is not { } live)
            return false;
        var principal = live.Caller.ToPrincipal(user.Identity!.AuthenticationType!);
        if (!user.SaysTheSame(principal))
            SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        return true;
    }

    // While the portal's database is away nobody can read or do anything; signing everybody out for it would only lose their pages.
    private Task<LiveSession?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var isSeen = activity.TakeAny();
        return waitOut.DoAsync("The session of an open page", token => sessions.FindAsync(id, isSeen, now: false, token), cancellationToken);
    }
}

/// <summary>Moving inside an open page makes no request; that somebody is there is seen on the circuit.</summary>
internal sealed class CircuitActivity : CircuitHandler
{
    private bool _any;

    public bool TakeAny()
    {
        var any = _any;
        _any = false;
        return any;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        _any = true;
        return next(context);
    };
}
