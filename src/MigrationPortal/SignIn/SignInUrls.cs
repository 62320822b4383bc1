using MigrationPortal.Ui;

namespace MigrationPortal.SignIn;

internal static class SignInUrls
{
    extension(Urls)
    {
        public static string SignIn => "/signin";

        public static string SignOut => "/signout";

        public static string Denied => "/denied";

        public static string Language => "/language";

        public static string SignInAgain(string returnUrl) => $"{Urls.SignIn}?returnUrl={Uri.EscapeDataString(returnUrl)}";

        /// <summary>Back to the page after an attempt that let nobody in.</summary>
        public static string SignInFailed(SignInFailure failure, string? returnUrl) =>
            $"{Urls.SignIn}?failed={failure.ToString().ToLowerInvariant()}{(returnUrl is null ? "" : $"&returnUrl={Uri.EscapeDataString(returnUrl)}")}";

        public static string SignInBy(string way, string? returnUrl) =>
            $"{Urls.SignIn}/{way}{(returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}")}";

        public static string SignInIn(string language, string? returnUrl) =>
            $"{Urls.SignIn}?lang={language}{(returnUrl is null ? "" : $"&returnUrl={Uri.EscapeDataString(returnUrl)}")}";

        /// <summary>Chooses the language and comes back.</summary>
        public static string LanguageOf(string language, string returnUrl) => $"{Urls.Language}?lang={language}&returnUrl={Uri.EscapeDataString(returnUrl)}";

        public static string Administration(string? page = null, string? pair = null) =>
            Urls.WithPair(page is null ? "/administration" : $"/administration/{page}", pair);

        public static string Me(string? pair = null) => Urls.WithPair("/me", pair);

        /// <summary>A page with a list of sessions and one of tokens, each from where it is opened.</summary>
        public static string SessionsAndTokens(string page, int sessions, int tokens, string? pair) =>
            Urls.WithPair((sessions, tokens) switch
            {
                (0, 0) => page,
                (_, 0) => $"{page}?skip={sessions}",
                (0, _) => $"{page}?tokens={tokens}",
                _ => $"{page}?skip={sessions}&tokens={tokens}",
            }, pair);

        public static string PeopleOfSignIn(int skip, string? pair) =>
            Urls.WithPair(skip == 0 ? Urls.Administration("roles") : $"{Urls.Administration("roles")}?skip={skip}", pair);
    }
}
