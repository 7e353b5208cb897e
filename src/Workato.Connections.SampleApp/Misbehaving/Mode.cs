namespace Workato.Connections.SampleApp.Misbehaving;

/// <summary>One way to behave.</summary>
/// <param name="Name">What it is called in <c>/control</c>.</param>
/// <param name="Meaning">What the landing page says about it.</param>
/// <param name="Answer">Gives the answer, or null to let the request through to the API.</param>
internal sealed record Mode(string Name, string Meaning, Func<HttpContext, TimeSpan, Task<IResult?>> Answer);
