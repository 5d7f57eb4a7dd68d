using ChatKit.Data.Gateway.Directory;
using ChatKit.Data.Gateway.Keys;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>A key and everything that its holder is besides, as one row of one query.</summary>
/// <param name="Key">The key; where <paramref name="Retired"/> is set, the one that took its place.</param>
/// <param name="Retired">The row of the old key, where it is one that was exchanged.</param>
/// <param name="User">Whose key it is.</param>
/// <param name="Team">Whose key it is besides.</param>
/// <param name="Member">What the user is in the team.</param>
/// <param name="Budget">The named budget that the key refers to.</param>
internal sealed record KeyRows(VirtualKeyRow Key, VirtualKeyRow? Retired, UserRow? User, TeamRow? Team, TeamMemberRow? Member, BudgetRow? Budget);
