using System.Text.Json.Nodes;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>One way in which the token endpoint answers.</summary>
/// <param name="Name">What it is called in <c>/control/oauth2</c>.</param>
/// <param name="AnswersUnread">It answers whatever it is asked, and nothing is redeemed.</param>
/// <param name="Answer">Answers in place of the tokens, which it may change.</param>
internal sealed record TokenMode(string Name, bool AnswersUnread, Func<HttpContext, JsonObject, Task<IResult>> Answer);
