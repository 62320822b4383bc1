using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;

namespace MigrationPortal.SignIn.Page;

public sealed partial class SignInPage
{
    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    /// <summary>How the last attempt ended; one of <see cref="SignInFailure"/>.</summary>
    [SupplyParameterFromQuery] public string? Failed { get; set; }

    [CascadingParameter] public HttpContext? Http { get; set; }

    [Inject] internal IOptions<SignInOptions> Options { get; set; } = null!;

    // Shown as text: where somebody followed a link to, without its query.
    private string? Target => SignIn.ReturnUrl.Safe(ReturnUrl).Split('?')[0] is { Length: > 1 } path ? path : null;

    private string? Message => Enum.GetNames<SignInFailure>().FirstOrDefault(x => x.Equals(Failed, StringComparison.OrdinalIgnoreCase)) is { } failure ? $"Failed{failure}" : null;

    private SignInMethod? Remembered => RememberedWay.Of(Http);

    // The way that worked last time comes first; the others keep the order of the configuration.
    private IEnumerable<SignInMethod> Methods =>
        Options.Value.Methods.Select(x => Enum.Parse<SignInMethod>(x, ignoreCase: true)).Where(x => x != SignInMethod.Development).Distinct().OrderByDescending(x => x == Remembered);
}
