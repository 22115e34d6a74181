namespace SharpProbe.Sim.View;

/// <summary>A named part of a transfer in a picture. Times in femtoseconds.</summary>
/// <param name="Group">"Packet request".</param>
/// <param name="Name">"APnDP"; empty where the group's name says it all.</param>
/// <param name="Bit">'0', '1' or a blank.</param>
/// <param name="Driver">Who drives SWDIO.</param>
readonly record struct SwdField(string Group, string Name, char Bit, SwdField.Side Driver, ulong From, ulong To)
{
    public enum Side : byte { Nobody, Host, Target }
}
