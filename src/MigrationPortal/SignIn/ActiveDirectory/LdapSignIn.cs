using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;
using MigrationPortal.SignIn.Sessions;
using MigrationPortal.Ui;

namespace MigrationPortal.SignIn.ActiveDirectory;

/// <summary>Name and password, by a plain form.</summary>
internal static class LdapSignIn
{
    public static async Task<IResult> HandleAsync(
        HttpContext context,
        [FromForm] string? user,
        [FromForm] string? password,
        [FromForm] string? returnUrl,
        IOptions<SignInOptions> options,
        IAntiforgery antiforgery,
        LdapDirectory directory,
        OpenSessionHandler open,
        SignInLog log)
    {
        if (!options.Value.Has(SignInMethod.ActiveDirectory))
            return Results.NotFound();
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.Redirect(Urls.SignInFailed(SignInFailure.Expired, returnUrl));
        var answer = await directory.SignInAsync(user, password, context.RequestAborted);
        if (answer.Person is { } person)
        {
            await open.HandleAsync(context, person, SignInMethod.ActiveDirectory);
            return Results.LocalRedirect(ReturnUrl.Safe(returnUrl));
        }

        await log.RefusedAsync(context, SignInMethod.ActiveDirectory, user, answer.Reason!);
        return Results.Redirect(Urls.SignInFailed(WhatToSay(answer.Refusal), returnUrl));
    }

    // Who exists, who is locked and who is disabled is nobody's business here.
    internal static SignInFailure WhatToSay(DirectoryRefusal refusal) => refusal switch
    {
        DirectoryRefusal.Unavailable => SignInFailure.Unavailable,
        DirectoryRefusal.TooOften => SignInFailure.Wait,
        _ => SignInFailure.Refused,
    };
}
