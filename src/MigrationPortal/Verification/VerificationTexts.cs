namespace MigrationPortal.Verification;

/// <summary>Names the texts of verifications; deltas speak of the same properties.</summary>
public sealed class VerificationTexts;
