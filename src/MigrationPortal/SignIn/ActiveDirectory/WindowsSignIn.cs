using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MigrationPortal.Engine;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>
/// Kerberos, at this one address: the ticket opens a session like any other way, so that no request after it carries one and nothing
/// is bound to a connection.
/// </summary>
internal static class WindowsSignIn
{
    private const string Prefix = "Negotiate ";

    // Tickets of people in very many groups reach this; base64 makes a third more of it.
    private const int LongestTicket = 64 * 1024;

    public static async Task<IResult> HandleAsync(
        HttpContext context, string? returnUrl, IOptions<SignInOptions> options, IOptions<ActiveDirectoryOptions> domain, LdapDirectory directory, OpenSessionHandler open, SignInLog log)
    {
        if (!options.Value.Has(SignInMethod.Kerberos))
            return Results.NotFound();
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Ask(context, returnUrl);
        var (name, reason) = Read(header[Prefix.Length..].Trim(), domain.Value.Realm!);
        if (name is null)
        {
            await log.RefusedAsync(context, SignInMethod.Kerberos, null, reason!);
            return Ask(context, returnUrl);
        }

        var answer = await directory.LookUpAsync(name, context.RequestAborted);
        if (answer.Person is { } person)
        {
            await open.HandleAsync(context, person, SignInMethod.Kerberos);
            return Results.LocalRedirect(ReturnUrl.Safe(returnUrl));
        }

        await log.RefusedAsync(context, SignInMethod.Kerberos, name, answer.Reason!);
        return Results.Redirect(Urls.SignInFailed(LdapSignIn.WhatToSay(answer.Refusal), returnUrl));
    }

    private static (string? Name, Wording? Reason) Read(string text, string realm)
    {
        if (text.Length > LongestTicket * 4 / 3)
            return (null, new Wording("SignIn.TicketTooLong"));
        var ticket = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, ticket, out var length))
            return (null, new Wording("SignIn.TicketNotBase64"));
        using var negotiation = new NegotiateAuthentication(new NegotiateAuthenticationServerOptions { Package = "Negotiate" });
        negotiation.GetOutgoingBlob(ticket.AsSpan(0, length), out var status);
        // IsAuthenticated says true after some failures; only the status is to be believed.
        if (status != NegotiateAuthenticationStatusCode.Completed)
            return (null, new Wording("SignIn.TicketRefused", $"{status}"));
        if (negotiation.Package != "Kerberos")
            return (null, new Wording("SignIn.NotKerberos", negotiation.Package));
        var full = negotiation.RemoteIdentity.Name ?? "";
        var at = full.LastIndexOf('@');
        return at > 0 && full[(at + 1)..].Equals(realm, StringComparison.OrdinalIgnoreCase) ? (full, null) : (null, new Wording("SignIn.OtherRealm", full));
    }

    // A browser that can, comes again with a ticket; any other shows this text, which leads back.
    private static IResult Ask(HttpContext context, string? returnUrl)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Negotiate";
        var back = WebUtility.HtmlEncode(Urls.SignInFailed(SignInFailure.NoTicket, returnUrl));
        return Results.Content(
            $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>MigrationPortal</title><meta http-equiv=\"refresh\" content=\"0;url={back}\"></head><body><a href=\"{back}\">MigrationPortal</a></body></html>",
            "text/html; charset=utf-8",
            statusCode: StatusCodes.Status401Unauthorized);
    }
}
