using Microsoft.AspNetCore.Components.Authorization;

namespace MigrationPortal.Access;

/// <summary>Who sits at this circuit, asked again at each action: roles may change while a page is open.</summary>
internal sealed class CurrentCaller(AuthenticationStateProvider authentication)
{
    public async Task<Caller> GetAsync() => (await authentication.GetAuthenticationStateAsync()).User.ToCaller();
}
