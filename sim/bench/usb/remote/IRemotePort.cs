namespace SharpProbe.Sim.Usb.Remote;

/// <summary>What carries requests of another host: a socket with a protocol. Called on the bench's thread, between slices of simulated time.</summary>
public interface IRemotePort : IDisposable
{
    /// <summary>Moves what can be moved, without waiting. True: something came.</summary>
    bool Pump();

    /// <summary>Waits in real time until something may have come; true then.</summary>
    bool Wait(int milliseconds);
}
