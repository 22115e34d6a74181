namespace SharpProbe.Hal;

/// <summary>A pin whose edges a timer's input captures.</summary>
public unsafe struct CaptureWiring
{
    public TimRegisters* Timer;
    public uint KernelHertz;
    /// <summary>2 to 4: channel 1 keeps time.</summary>
    public int Channel;
    public Pin Pin;
    /// <summary>Alternate function number of the pin.</summary>
    public uint Function;
    public DmaRoute Dma;
    /// <summary>NVIC numbers of the stream and of the timer.</summary>
    public int DmaIrq, TimerIrq;
}
