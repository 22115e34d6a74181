namespace SharpProbe.Build.Elf;

/// <summary>A REL relocation: the addend is in the bytes at Offset.</summary>
/// <param name="Type">R_ARM_* of ELF for the Arm Architecture, 5.6.1.</param>
readonly record struct ElfRelocation(uint Offset, int Type, ElfSymbol Symbol)
{
    public const int Abs32 = 2, Rel32 = 3, ThumbCall = 10, ThumbJump24 = 30, MovwAbs = 47, MovtAbs = 48, MovwPrel = 49, MovtPrel = 50;
}
