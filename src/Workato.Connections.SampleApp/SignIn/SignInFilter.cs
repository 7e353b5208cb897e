namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Lets nobody into the API who has not proved who they are.</summary>
internal sealed class SignInFilter(IEnumerable<ISignInMethod> methods, SampleAppState state) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var method in methods)
        {
            if (await method.CheckAsync(context.HttpContext.Request) is not { } answer) continue;
            if (answer.Account is not { } account) return Refusal.InvalidCredentials(answer.Problem, answer.Challenge);

            state.Tally.CountAccount(account.Username);
            context.HttpContext.Features.Set(new Caller(account, method.Name, answer.Scopes));
            return await next(context);
        }

        return Refusal.InvalidCredentials("The request carries no credentials.");
    }
}
