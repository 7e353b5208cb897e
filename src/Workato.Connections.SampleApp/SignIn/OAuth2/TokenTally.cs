namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>What happened to tokens, so that a test can say "one redemption per generation".</summary>
/// <param name="Redemptions">Refresh tokens that were accepted.</param>
/// <param name="RedemptionsPerGeneration">How often the refresh token that was presented most was presented, accepted or not.</param>
/// <param name="Reuses">Refresh tokens that were presented after they had been used up.</param>
/// <param name="FamiliesRevoked">What accounts had allowed and that ended, for whatever reason.</param>
/// <param name="CodesRedeemed">Authorization codes that were accepted.</param>
internal sealed record TokenTally(int Redemptions, int RedemptionsPerGeneration, int Reuses, int FamiliesRevoked, int CodesRedeemed);
