namespace MigrationPortal.Engine.Sql;

/// <summary>What a driver's failure comes from.</summary>
internal static class FailureChain
{
    /// <summary>The failure itself or the nearest cause of that type.</summary>
    public static T? Find<T>(Exception? failure) where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is T found) return found;
        return null;
    }
}
