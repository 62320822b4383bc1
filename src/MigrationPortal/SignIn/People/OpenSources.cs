using Microsoft.Extensions.Options;
using MigrationPortal.SignIn.Configuration;

namespace MigrationPortal.SignIn.People;

/// <summary>From where people may still come: a way to sign in that was taken out lets nobody in, and its people count for nothing.</summary>
internal sealed class OpenSources(IDirectory directory, IOptions<SignInOptions> options)
{
    public IReadOnlyList<PersonSource> All => [.. Enum.GetValues<PersonSource>().Where(Has)];

    public bool Has(PersonSource source) => source switch
    {
        PersonSource.Development => options.Value.IsDevelopment,
        PersonSource.Entra => options.Value.Has(SignInMethod.EntraId),
        _ => directory.Answers(source),
    };
}
