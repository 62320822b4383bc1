namespace MigrationPortal.SignIn;

/// <summary>What the sign-in page says after an attempt. Never why: the log and the audit know.</summary>
internal enum SignInFailure
{
    Refused,
    Unavailable,
    Wait,
    Expired,
    NoTicket,
}
